/// The style of the drift page: light and dark, screens from 320 pixels on, paper.
enum DriftHTMLStyle {
    static let text = """
        :root{color-scheme:light dark;--back:#fff;--panel:#f6f8fa;--line:#d0d7de;--ink:#1f2328;--faint:#59636e;--link:#0550ae;\
        --critical:#a40e26;--high:#bc4c00;--medium:#7d4e00;--low:#0550ae;--info:#59636e;--good:#116329}
        @media (prefers-color-scheme:dark){:root{--back:#0d1117;--panel:#161b22;--line:#30363d;--ink:#e6edf3;--faint:#9198a1;--link:#79c0ff;\
        --critical:#ff7b72;--high:#ffa657;--medium:#e3b341;--low:#79c0ff;--info:#9198a1;--good:#56d364}}
        *{box-sizing:border-box}
        body{margin:0 auto;max-width:72rem;padding:1rem 1.25rem 3rem;background:var(--back);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
        h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0}h2{font-size:1.15rem;margin:2rem 0 .6rem}h3{font-size:1rem;font-weight:600;margin:0 0 .3rem}
        h4{font-size:.75rem;letter-spacing:.04em;text-transform:uppercase;color:var(--faint);margin:0}
        p{margin:.35rem 0}small,.faint,footer{color:var(--faint)}small{font-size:.85rem}a{color:var(--link)}
        .pairs{list-style:none;margin:.3rem 0;padding:0;overflow-wrap:anywhere}
        .cards{display:grid;grid-template-columns:repeat(5,minmax(0,1fr));gap:.6rem;margin:1rem 0}
        .card{border:1px solid var(--line);border-top:4px solid currentColor;border-radius:6px;padding:.5rem .8rem;background:var(--panel)}
        .card b{display:block;font-size:1.7rem;line-height:1.2}.card.none{color:var(--faint);border-top-color:var(--line)}
        .critical{color:var(--critical)}.high{color:var(--high)}.medium{color:var(--medium)}.low{color:var(--low)}.info{color:var(--info)}
        .verdict{font-weight:600}.verdict.good,.good{color:var(--good)}.bad{color:var(--critical)}.caution{color:var(--medium)}
        .notice{border-left:4px solid currentColor;background:var(--panel);padding:.5rem .9rem;margin:.6rem 0;overflow-wrap:anywhere}
        .wide{overflow-x:auto}table{border-collapse:collapse;width:100%}
        th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
        thead th{font-size:.8rem;color:var(--faint);overflow-wrap:normal}.overview th[scope]{font-weight:400}.number{text-align:right}
        .badge{display:inline-block;border:1px solid currentColor;border-radius:999px;padding:0 .55rem;font-size:.8rem;font-weight:600}
        .controls{position:sticky;top:0;display:flex;flex-wrap:wrap;gap:.5rem .8rem;align-items:center;background:var(--back);border-bottom:1px solid var(--line);padding:.6rem 0;margin-top:1.5rem}
        .controls[hidden]{display:none}.controls input[type=search]{flex:1 1 16rem;min-width:0}.controls select{max-width:100%}
        .controls input[type=search],.controls select{font:inherit;color:inherit;background:var(--panel);border:1px solid var(--line);border-radius:6px;padding:.35rem .6rem}
        .boxes{display:flex;flex-wrap:wrap;gap:.3rem .8rem}#count{color:var(--faint);font-size:.9rem}
        .component{scroll-margin-top:4rem}
        .finding{color:var(--ink);border:1px solid var(--line);border-left:5px solid var(--info);border-radius:6px;padding:.7rem .9rem;margin:.7rem 0;background:var(--panel)}
        .finding.critical{border-left-color:var(--critical)}.finding.high{border-left-color:var(--high)}.finding.medium{border-left-color:var(--medium)}.finding.low{border-left-color:var(--low)}
        .finding[hidden],.component[hidden]{display:none}.address,.attribute,pre,.masked,.side>.faint{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
        .address{font-size:.95rem}.attribute{font-size:.95rem;font-weight:400;color:var(--faint)}.attribute::before{content:"· "}
        .sides{display:grid;grid-template-columns:1fr 1fr;gap:.8rem;margin:.6rem 0}.side{min-width:0;border:1px solid var(--line);border-radius:6px;padding:.5rem .7rem;background:var(--back)}
        .side .faint{font-size:.8rem}pre,.masked{font-size:.85rem;white-space:pre-wrap;margin:.3rem 0 0;max-height:20rem;overflow:auto}
        .meta{display:flex;flex-wrap:wrap;gap:.1rem 1rem;font-size:.78rem;color:var(--faint);overflow-wrap:anywhere;margin-bottom:0}
        details{border:1px solid var(--line);border-radius:6px;margin:.8rem 0;padding:.5rem .9rem}summary{cursor:pointer;font-weight:600;overflow-wrap:anywhere}
        footer{margin-top:2.5rem;font-size:.85rem}
        @media (max-width:40rem){body{padding:.6rem .8rem 2rem}.cards{grid-template-columns:repeat(3,minmax(0,1fr))}.sides{grid-template-columns:1fr}\
        .card{padding:.35rem .6rem}.card b{font-size:1.3rem}.controls{position:static}th,td{padding:.3rem .35rem}.overview thead th{font-size:.68rem}}
        @media print{:root{--back:#fff;--panel:#fff;--line:#999;--ink:#000;--faint:#444;--link:#0550ae;--critical:#a40e26;--high:#8a3800;--medium:#6a4300;--low:#0550ae;--info:#444;--good:#116329}\
        body{max-width:none;padding:0;font-size:11pt}.controls{display:none!important}.finding{break-inside:avoid}h2{break-after:avoid}pre{max-height:none}}
        """
}
